"""GuiCheng 规程: a regulation that runs."""
