"""The self-contained report of a study's history: one page that reads, prints and verifies itself without a network."""
