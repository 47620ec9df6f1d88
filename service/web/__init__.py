"""What all pages and routes share: errors, headers, templates, files."""
