"""How fast the program is, beside a bare Textual program on the same machine.

``python -m benchmarks`` prints the table; ``--quick`` repeats less. Milliseconds are one
machine's at one moment; what is held to a budget is their ratio to a reference that was measured
in the same run, in turn with ours. All of it is measured from outside: the programs run in a
terminal of their own, keys are written to it, and the clock stops when bytes come back.
"""
