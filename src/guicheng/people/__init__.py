"""Units, people and the posts they hold: who may act for whom, from a day to a day."""
