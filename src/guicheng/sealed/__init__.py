"""Reports of misconduct: their own room, their own key, nothing of them anywhere else.

Anybody can put a report in, with the public half of the key. Only somebody who holds the discipline post that day, and has
the key file of the discipline office, can read, accept, handle and answer. Each reading is itself a row of the room.
"""
