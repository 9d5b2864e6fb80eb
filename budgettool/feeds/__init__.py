"""Where exchange rates come from: one source a file, each turns a day into rates of that day, or says why it can't.

A feed answers for the day it was asked for and no other; an answer for another day is refused. No
feed is asked unless the user says so: everything else works from the table that is stored.
"""
