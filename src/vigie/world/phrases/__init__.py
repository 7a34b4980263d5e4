"""Phrase banks, one folder of tuples a language: what people say, in pieces that fit together."""
