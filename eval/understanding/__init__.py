"""How well texts are understood: wishes, bodies named, places beyond the border."""
