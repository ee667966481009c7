"""分发采集表: handed out, and taken back."""
