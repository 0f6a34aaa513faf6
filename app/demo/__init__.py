"""The demo: three real networks of the register with invented people, and one click to be any of them."""
