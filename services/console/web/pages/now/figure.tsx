interface FigureProps {
  readonly name: string;
  readonly value: string;
  readonly note?: string;
}

/** One figure of a list of them. */
export const Figure = ({ name, value, note }: FigureProps) => (
  <div>
    <dt>{name}</dt>
    <dd>
      {value} {note && <span class="faint">{note}</span>}
    </dd>
  </div>
);
