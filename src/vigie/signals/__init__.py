"""What is unusual: detectors that look at figures as they come, causal and in constant memory."""
