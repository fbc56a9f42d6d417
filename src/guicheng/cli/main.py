"""`guicheng`: the commands, in the order in which one meets them."""

import click

from guicheng.cli import account, acts, bench, book, catalogue, files, ledger, place, search, setup
from guicheng.cli.zh import Cli


@click.group("guicheng", cls=Cli, invoke_without_command=True)
@place.home_option
@place.db_option
@click.version_option(package_name="guicheng", message="guicheng %(version)s", help="显示版本")
@click.pass_context
def main(ctx: click.Context, home: str | None, db: str | None) -> int:
    """规程：让《信息化项目建设管理办法》自己运行。

    退出状态：0 办成；1 不予办理、有违反、或核验不通过；2 用法不对或读不了。"""
    place.settle(home, db)
    if ctx.invoked_subcommand is None:
        click.echo(ctx.get_help())
    return 0


for command in (
    setup.demo, setup.init, setup.serve, account.account, catalogue.regulations, catalogue.acts, catalogue.rules, acts.perform, acts.status,
    acts.history, files.import_, ledger.export, book.audit, book.simulate, book.refresh,
    search.index, search.search, ledger.verify, ledger.rebuild, bench.bench,
):  # fmt: skip
    main.add_command(command)

if __name__ == "__main__":
    main()
