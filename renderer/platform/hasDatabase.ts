/** Whether this browser has a database of this name: asked without making it. Where the browser does not tell, it may. */
export async function hasDatabase(name: string): Promise<boolean> {
  const { databases } = indexedDB as { readonly databases?: IDBFactory['databases'] };
  if (databases === undefined) return true;
  return (await databases.call(indexedDB)).some((one) => one.name === name);
}
