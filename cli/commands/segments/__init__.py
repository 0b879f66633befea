"""Commands about logs of any size: made-up ones, and logs as folders of segments."""
