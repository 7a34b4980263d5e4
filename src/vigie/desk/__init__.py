"""State machines of what the house says and of what goes wrong: pure, one file each."""
