import { Connection } from '../../../src/session/connection/connection.js';

/** The connection that is opened by an action. */
export function openedBy(act: () => void): Connection {
  const { connect } = Connection.prototype;
  const opened: Connection[] = [];
  Connection.prototype.connect = function () {
    opened.push(this);
    return connect.call(this);
  };
  act();
  Connection.prototype.connect = connect;
  return opened[0]!;
}
