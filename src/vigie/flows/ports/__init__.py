"""What the flows need from the world, one file per port. Adapters live above; `app` puts them together."""
