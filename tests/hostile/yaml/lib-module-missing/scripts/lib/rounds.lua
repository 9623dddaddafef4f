use"lib/inner"
