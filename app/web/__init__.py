"""What every page shares: who may come in, headers, forms, error pages, the layout and its components."""
