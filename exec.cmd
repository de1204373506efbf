@rem The scripts of package.json begin with exec, so that no shell stands between npm and them and keeps signals back. Windows' shell has none.
@%*
