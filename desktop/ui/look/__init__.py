"""How everything looks: colours, letters, icons, and the parts windows are made of."""
