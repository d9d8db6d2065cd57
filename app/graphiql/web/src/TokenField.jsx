import { useGraphiQLActions } from '@graphiql/react';

/** Asks for the token; the schema is asked for anew, since what may be seen of it depends on who asks. */
export function TokenField({ keep }) {
  const { introspect } = useGraphiQLActions();

  function use(event) {
    event.preventDefault();
    keep(new FormData(event.currentTarget).get('token'));
    introspect();
  }

  return (
    <form className="token" onSubmit={use}>
      {/* Not of type password: browsers offer to keep what is typed there. */}
      <input
        name="token"
        aria-label="Token"
        placeholder="Token, kept in this page only"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
      />
      <button type="submit">Use token</button>
    </form>
  );
}
