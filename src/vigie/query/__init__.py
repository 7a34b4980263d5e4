"""The listening language: parser, canonical printer, reference evaluator and the compiled matcher."""
