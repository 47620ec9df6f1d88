"""What a text says beside its matter: wishes, bodies it names, places beyond the border."""
