"""The one place where ports meet adapters: what each role and command puts together and runs."""
