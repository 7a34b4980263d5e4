"""The pages and the API, served by one process: `site.create_app` puts them together over a `house.House`."""
