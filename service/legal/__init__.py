"""The pages that the operator answers for."""
