"""Counts for operators, as Prometheus text. Labels are fixed words, never people's."""

from prometheus_client import Counter, Gauge

TURNS = Counter("eocif_turns", "Activities by outcome", ["outcome"])
PRESSES = Counter("eocif_presses", "Pressed cards by verb", ["verb"])
OLDEST_UNSENT = Gauge("eocif_oldest_unsent_seconds", "Age of the oldest delivery that is due")
LAST_TICK = Gauge("eocif_last_tick_timestamp_seconds", "When the timetable last ran")
