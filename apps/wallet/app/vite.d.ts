/** What the build turns an import of a worker into: its address. */
declare module '*?worker&url' {
  const address: string;
  export default address;
}
