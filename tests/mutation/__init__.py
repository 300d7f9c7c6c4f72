"""Mutation testing of the core: mutmut makes the mutants, forks of one collected test session judge them."""
