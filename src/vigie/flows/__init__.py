"""The verbs of the product: each reads through a port, asks the core, writes through a port."""
