# `make` alone prints what there is.
help: ## this list
	@grep -hE '^[a-z-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16
test:
	.venv/bin/pytest $(T)
