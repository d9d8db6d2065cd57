"""WeChat's login for mini-programs: implements `connectors.account_ports.LoginCodes`."""

from connectors.wechat.login import Options, WechatLogin

__all__ = ["Options", "WechatLogin"]
