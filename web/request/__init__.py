"""What a request asks: its fields read, who asks for what, and the answers that pages give."""
