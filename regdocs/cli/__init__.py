"""The command line: one module a command. The only place that prints, reads clock and environment, and exits."""
