"""Every sentence about the domain, in Chinese and English: causes, rules, events, obligations, remarks."""
