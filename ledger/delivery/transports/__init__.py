"""How a message reaches a service: one module a service, one place that chooses, a process that sends.

`directory` knows which address is whose; `wecom`, `dingtalk`, `feishu` speak to chat robots, `services` to
all that Apprise knows; `process` runs them where they can be stopped.
"""
