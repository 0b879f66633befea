"""The office's pages: many branches beside each other, judgements, seals, forms, recipients, accounts."""
