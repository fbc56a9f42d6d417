"""The site: turns a browser into a call of the door, and a verdict into a page."""
