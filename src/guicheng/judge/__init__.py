"""The judge: an edition's rules as one statement; verdicts for one project or for all; explanations."""
