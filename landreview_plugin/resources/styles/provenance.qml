<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>
<qgis styleCategories="Symbology|Labeling|Fields|Forms" version="3.40.6-Bratislava">
  <fieldConfiguration>
    <field name="key" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
    <field name="value" configurationFlags="NoFlag">
      <editWidget type="">
        <config>
          <Option/>
        </config>
      </editWidget>
    </field>
  </fieldConfiguration>
  <aliases>
    <alias index="0" name="项目" field="key"/>
    <alias index="1" name="内容" field="value"/>
  </aliases>
  <splitPolicies>
    <policy policy="Duplicate" field="key"/>
    <policy policy="Duplicate" field="value"/>
  </splitPolicies>
  <duplicatePolicies>
    <policy policy="Duplicate" field="key"/>
    <policy policy="Duplicate" field="value"/>
  </duplicatePolicies>
  <defaults>
    <default field="key" expression="" applyOnUpdate="0"/>
    <default field="value" expression="" applyOnUpdate="0"/>
  </defaults>
  <constraints>
    <constraint field="key" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
    <constraint field="value" exp_strength="0" constraints="0" notnull_strength="0" unique_strength="0"/>
  </constraints>
  <constraintExpressions>
    <constraint field="key" desc="" exp=""/>
    <constraint field="value" desc="" exp=""/>
  </constraintExpressions>
  <expressionfields/>
  <editform tolerant="1"></editform>
  <editforminit/>
  <editforminitcodesource>0</editforminitcodesource>
  <editforminitfilepath></editforminitfilepath>
  <editforminitcode><![CDATA[]]></editforminitcode>
  <featformsuppress>0</featformsuppress>
  <editorlayout>generatedlayout</editorlayout>
  <editable/>
  <labelOnTop/>
  <reuseLastValue/>
  <dataDefinedFieldProperties/>
  <widgets/>
  <layerGeometryType>4</layerGeometryType>
</qgis>
