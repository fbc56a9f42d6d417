"""Reports of misconduct: their own room, their own key, nothing of them anywhere else."""
