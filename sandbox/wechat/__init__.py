"""WeChat's login for mini-programs."""
