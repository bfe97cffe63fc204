package account

const childEnv = "IONWAKE_ACCOUNT_CHILD"

func child() {}
