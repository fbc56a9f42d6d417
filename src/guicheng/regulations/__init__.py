"""What each regulation says. One folder per regulation, one file per article; a second city is a folder."""
