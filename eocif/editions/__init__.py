"""The framework's editions, as data. Ask eocif.rules.framework for them.

Two files make an edition. ``ID.json`` holds the publication's own words, verbatim, with the
facts of its record, how many sections, areas and indicators it must have, and where its two
sources differ. ``ID.ours.json`` holds what we wrote to help people read it. No key is in both,
so neither can be taken for the other. A later edition is two more files beside these.
"""
