"""The pages, one folder each: its handlers, its templates and, as ``PAGE``, its place in the navigation."""
