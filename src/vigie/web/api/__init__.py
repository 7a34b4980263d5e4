"""The API under ``/api/v1``: one folder a resource, found by scanning; the modules beside them are what all share.

``routes`` declares a route, ``problems`` says what went wrong, ``document`` describes it all.
"""
