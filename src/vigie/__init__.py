"""Vigie keeps watch over a company's social media."""

__version__ = "0.1.0"
