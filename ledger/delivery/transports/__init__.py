"""How a message reaches a service: one module a service, one place that chooses, a process that sends.

`transport` is what all of them are, with the reasons why one did not take a message; `directory` knows which
address is whose; `wecom`, `dingtalk`, `feishu` speak to chat robots, `services` to all that Apprise knows;
`process` runs them where they can be stopped.
"""
